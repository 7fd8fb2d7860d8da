using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>
/// Downloads files of images. The bytes go to a partial file beside the target, which gets the target's name when it is complete, has the
/// right SHA-1 and is on the disk. A later command continues a partial file, whose name has a part of the SHA-1.
/// </summary>
internal sealed class FileReceiver(Session session, TransferRules rules, TransferBars bars)
{
    private const int BufferSize = 256 * 1024;

    /// <param name="target">Path of the file. It may exist only with the right bytes.</param>
    /// <returns>Whether it was downloaded; false if it was there already.</returns>
    /// <exception cref="CommandException">The target exists with other bytes, or cannot be written.</exception>
    public async Task<bool> ReceiveAsync(RemoteImage image, RemoteFile file, string target, CancellationToken cancellation)
    {
        try
        {
            if (File.Exists(target))
            {
                return await EnsureSameAsync(file, target, cancellation) && false;
            }

            var partial = $"{target}.{file.Sha1[..8]}.part";
            await FillAsync(image, file, partial, Path.GetFileName(target), cancellation);
            File.Move(partial, target);
            DurableFile.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{target}: {FileFault.Describe(fault)}");
        }
    }

    private static async Task<bool> EnsureSameAsync(RemoteFile file, string target, CancellationToken cancellation)
    {
        using var sha1 = new RunningSha1();
        await using var existing = File.OpenRead(target);
        await sha1.AddAsync(existing, long.MaxValue, cancellation);
        return sha1.Text() == file.Sha1 ? true : throw new CommandException($"{target} exists and has other bytes than the image's file: move it away, or choose another name");
    }

    /// <summary>Completes the partial file. It stays after a failure if it has bytes.</summary>
    private async Task FillAsync(RemoteImage image, RemoteFile file, string partial, string name, CancellationToken cancellation)
    {
        using var sha1 = new RunningSha1();
        // Fails if another process writes this file.
        await using var output = new FileStream(
            partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        try
        {
            await sha1.AddAsync(output, file.Size, cancellation);
            output.SetLength(sha1.Position);
            var bar = bars.Add(name, file.Size);
            await FetchAsync(image, file, output, sha1, bar, cancellation);
            output.Flush(flushToDisk: true);
            bar.Complete();
        }
        catch when (sha1.Position is > 0 and var kept && kept < file.Size)
        {
            bars.LastNote($"imgapi: {partial} has {kept} of {file.Size} bytes; the same command continues it");
            throw;
        }
        catch when (output.Length == 0)
        {
            File.Delete(partial);
            throw;
        }

        if (sha1.Text() != file.Sha1)
        {
            File.Delete(partial);
            throw new ImgApiException(ErrorCode.Download, $"the downloaded file has the sha1 {sha1.Text()}, not the {file.Sha1} of the manifest; it was deleted");
        }
    }

    private async Task FetchAsync(RemoteImage image, RemoteFile file, FileStream output, RunningSha1 sha1, TransferBar bar, CancellationToken cancellation)
    {
        var attempts = new Attempts(rules, bars.Note);
        var farthest = sha1.Position;
        await attempts.RunAsync(FetchOnceAsync, cancellation);

        async Task<bool> FetchOnceAsync(StallWatch watch)
        {
            if (sha1.Position == file.Size)
            {
                return true;
            }

            await using var content = await session.Images.OpenFilePartAsync(image, sha1.Position, watch.Token);
            if (content.Offset < sha1.Position)
            {
                // The server cannot continue a download.
                sha1.Restart();
            }

            output.SetLength(sha1.Position);
            output.Position = sha1.Position;
            var pace = rules.Pace();
            var buffer = new byte[pace.Portion(BufferSize)];
            while (await content.Body.ReadAsync(buffer, watch.Token) is > 0 and var count)
            {
                await WriteAsync(buffer.AsMemory(0, count), watch);
                await pace.CountAsync(count, watch.Token);
            }

            return sha1.Position == file.Size
                ? true
                : throw new ImgApiException(ErrorCode.RemoteSource, "the connection ended early", inner: new EndOfStreamException());
        }

        async Task WriteAsync(ReadOnlyMemory<byte> bytes, StallWatch watch)
        {
            if (sha1.Position + bytes.Length > file.Size)
            {
                throw new ImgApiException(ErrorCode.Download, $"the server sends more than the {file.Size} bytes of the manifest");
            }

            await output.WriteAsync(bytes, watch.Token);
            sha1.Add(sha1.Position, bytes.Span);
            bar.Set(sha1.Position);
            watch.Restart();
            if (sha1.Position > farthest)
            {
                farthest = sha1.Position;
                attempts.Reset();
            }
        }
    }
}
