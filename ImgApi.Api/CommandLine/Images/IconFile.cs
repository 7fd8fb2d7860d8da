using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Images;

/// <summary>A picture on this machine.</summary>
internal sealed record IconFile(byte[] Bytes, string ContentType)
{
    /// <exception cref="CommandException">The file cannot be read or is not a picture that servers take.</exception>
    public static IconFile Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > ImageLimits.Icon)
            {
                throw new CommandException($"{path} is larger than an icon may be, {ByteSize.Format(ImageLimits.Icon)}");
            }

            var bytes = File.ReadAllBytes(path);
            return ContentTypeOf(bytes) is { } type ? new IconFile(bytes, type) : throw new CommandException($"{path} is not a PNG, JPEG or GIF picture");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: {FileFault.Describe(fault)}");
        }
    }

    /// <summary>The icon of an image at a server.</summary>
    /// <exception cref="ImgApiException">There is none, or it is not a picture that servers take.</exception>
    public static async Task<IconFile> FetchAsync(Session session, Uuid uuid, CancellationToken cancellation)
    {
        await using var content = await session.Images.OpenIconAsync(session.Image(uuid), cancellation);
        var bytes = new byte[ImageLimits.Icon + 1];
        var count = await content.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return count < bytes.Length && ContentTypeOf(bytes[..count]) is { } type
            ? new IconFile(bytes[..count], type)
            : throw new ImgApiException(ErrorCode.RemoteSource, $"the icon of {uuid} is not a PNG, JPEG or GIF picture of at most {ByteSize.Format(ImageLimits.Icon)}");
    }

    /// <summary>Writes the picture under its final name at once, so that a half-written one is never there.</summary>
    /// <exception cref="IOException">The file cannot be written, or exists already.</exception>
    public async Task WriteAsync(string path, bool overwrite, CancellationToken cancellation)
    {
        var temporary = path + ".part";
        await File.WriteAllBytesAsync(temporary, Bytes, cancellation);
        try
        {
            File.Move(temporary, path, overwrite);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string? ContentTypeOf(byte[] bytes) => ContentFormats.Detect(bytes) switch
    {
        ContentFormat.Png => "image/png",
        ContentFormat.Jpeg => "image/jpeg",
        ContentFormat.Gif => "image/gif",
        _ => null,
    };
}
