//! The registry that this library was built with.

use registry::Image;

/// Opened by the compiler: the first call in a backend finds it as ready as the thousandth.
pub static REGISTRY: Image<'static> = match Image::open(include_bytes!(concat!(env!("OUT_DIR"), "/registry.image"))) {
    Ok(image) => image,
    Err(_) => panic!("the build script wrote an image that this library does not read"),
};
