using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>The current transfer of a job. Not stored.</summary>
public sealed class JobProgress
{
    private volatile Transfer? _current;

    /// <summary>The current transfer; null if there is none.</summary>
    public Transfer? Current => _current;

    /// <summary>A transfer begins.</summary>
    public void Begin(Uuid image, RemoteContent content) => _current = new Transfer(image, content);

    /// <summary>The transfer has ended.</summary>
    public void End() => _current = null;

    /// <summary>A transfer.</summary>
    /// <param name="Image">The image whose file is transferred.</param>
    /// <param name="Content">The bytes.</param>
    public sealed record Transfer(Uuid Image, RemoteContent Content);
}
