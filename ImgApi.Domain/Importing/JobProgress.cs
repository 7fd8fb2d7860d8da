using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>How far the transfer is that a job is at. In memory only.</summary>
public sealed class JobProgress
{
    private volatile Transfer? _current;

    /// <summary>The transfer under way; null if there is none.</summary>
    public Transfer? Current => _current;

    /// <summary>Bytes begin to come.</summary>
    public void Begin(Uuid image, RemoteContent content) => _current = new Transfer(image, content);

    /// <summary>No bytes come any more.</summary>
    public void End() => _current = null;

    /// <summary>A transfer.</summary>
    /// <param name="Image">The image whose file it is.</param>
    /// <param name="Content">The bytes.</param>
    public sealed record Transfer(Uuid Image, RemoteContent Content);
}
