using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>The file of an image at another server, on its way through this machine.</summary>
/// <param name="From">The connection to the other server.</param>
/// <param name="Attempts">Repeats what breaks before the upload begins.</param>
internal sealed record RemoteSource(Session From, RemoteManifest Image, Attempts Attempts)
    : UploadSource($"{ImageFileNames.File(Image.Json, Image.File.Compression)}", Image.File.Size)
{
    private const int BufferSize = 256 * 1024;

    public override string Identity => $"{From.Source}\n{Image.Uuid}\n{Image.File.Sha1}";

    public override string KnownSha1 => Image.File.Sha1;

    public override Task<byte[]> ReadHeadAsync(int length, CancellationToken cancellation, Action? progressed = null) =>
        Attempts.RunAsync(watch => base.ReadHeadAsync(length, watch.Token, watch.Restart), cancellation);

    public override async Task<Stream> OpenAsync(long offset, CancellationToken cancellation, Action? progressed = null)
    {
        var part = await From.RequestAsync(() => From.Images.OpenFilePartAsync(From.Image(Image.Uuid!.Value), offset, cancellation));
        try
        {
            // A server that cannot continue sends the whole file.
            var buffer = new byte[Math.Min(BufferSize, offset - part.Offset)];
            for (var skipped = part.Offset; skipped < offset;)
            {
                skipped += await part.Body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, offset - skipped)), cancellation) is > 0 and var count
                    ? count
                    : throw new ImgApiException(ErrorCode.RemoteSource, "the connection ended early", inner: new EndOfStreamException());
                progressed?.Invoke();
            }

            return part.Body;
        }
        catch
        {
            await part.DisposeAsync();
            throw;
        }
    }
}
