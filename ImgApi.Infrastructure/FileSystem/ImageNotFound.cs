using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem;

/// <summary>404 for an image that is not there, or not any more.</summary>
internal static class ImageNotFound
{
    public static ImgApiException Exception(Uuid uuid) => ImgApiException.ImageNotFound(uuid);
}
