using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>The source of a file to upload.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Length">Bytes; null for a pipe, which can be read only once.</param>
internal abstract record UploadSource(string Name, long? Length)
{
    /// <summary>Identifies the content, so that an upload continues only with the same one; null if nothing does.</summary>
    public virtual string? Identity => null;

    /// <summary>The SHA-1 in lower-case hex, if it is known without reading the bytes.</summary>
    public virtual string? KnownSha1 => null;

    /// <summary>The path as an argument of a command.</summary>
    public virtual string Path => "FILE";

    /// <summary>The bytes from an offset to the end.</summary>
    /// <param name="progressed">Called while bytes before the offset are skipped.</param>
    public abstract Task<Stream> OpenAsync(long offset, CancellationToken cancellation, Action? progressed = null);

    /// <summary>Reads the first bytes. They are sent nevertheless.</summary>
    /// <param name="progressed">Called after each piece.</param>
    public virtual async Task<byte[]> ReadHeadAsync(int length, CancellationToken cancellation, Action? progressed = null)
    {
        await using var stream = await OpenAsync(0, cancellation);
        return await ReadHeadAsync(stream, length, cancellation, progressed);
    }

    protected static async Task<byte[]> ReadHeadAsync(Stream stream, int length, CancellationToken cancellation, Action? progressed = null)
    {
        var (head, count) = (new byte[length], 0);
        while (await stream.ReadAsync(head.AsMemory(count), cancellation) is > 0 and var read)
        {
            count += read;
            progressed?.Invoke();
        }

        return head[..count];
    }

    /// <summary>A file, or standard input for <c>-</c>.</summary>
    /// <exception cref="CommandException">The file cannot be used.</exception>
    public static UploadSource Of(string path) => path == "-" ? new PipeSource(Console.OpenStandardInput()) : FileSource.Open(path);
}

/// <summary>A file of this machine.</summary>
internal sealed record FileSource(string Name, long Size, long ModifiedAt) : UploadSource(Name, Size)
{
    public override string Path => GoOn.Quote(Name);

    public override string Identity => $"{System.IO.Path.GetFullPath(Name)}\n{Size}\n{ModifiedAt}";

    public static UploadSource Open(string path)
    {
        try
        {
            var stream = Stream(path);
            if (!stream.CanSeek)
            {
                return new PipeSource(stream);
            }

            using (stream)
            {
                return new FileSource(path, stream.Length, File.GetLastWriteTimeUtc(path).Ticks);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: {FileFault.Describe(fault)}");
        }
    }

    public override Task<Stream> OpenAsync(long offset, CancellationToken cancellation, Action? progressed = null)
    {
        FileStream stream;
        try
        {
            stream = Stream(Name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{Name}: {FileFault.Describe(fault)}");
        }

        if ((stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle).Ticks) != (Size, ModifiedAt))
        {
            stream.Dispose();
            throw new CommandException($"{Name} has changed since the command began");
        }

        stream.Position = offset;
        return Task.FromResult<Stream>(stream);
    }

    private static FileStream Stream(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
}

/// <summary>A pipe. Its bytes are neither kept nor known in number, so an upload that breaks cannot continue.</summary>
internal sealed record PipeSource(Stream Input) : UploadSource("standard input", Length: null)
{
    private byte[]? _head;

    /// <summary>Reads the first bytes; <see cref="OpenAsync"/> returns them again.</summary>
    public override async Task<byte[]> ReadHeadAsync(int length, CancellationToken cancellation, Action? progressed = null) =>
        _head = await ReadHeadAsync(Input, length, cancellation, progressed);

    public override Task<Stream> OpenAsync(long offset, CancellationToken cancellation, Action? progressed = null) =>
        Task.FromResult<Stream>(new HeadedStream(_head ?? [], Input));

    private sealed class HeadedStream(byte[] head, Stream rest) : ReadOnlyStream
    {
        private int _position;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_position == head.Length)
            {
                return rest.ReadAsync(buffer, cancellationToken);
            }

            var count = Math.Min(buffer.Length, head.Length - _position);
            head.AsSpan(_position, count).CopyTo(buffer.Span);
            _position += count;
            return new(count);
        }
    }
}
