using System.Collections.Immutable;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>An image of the model. Its name never changes and is unique.</summary>
internal sealed record ModelImage(string Name)
{
    /// <summary>The UUID; null until an answer has shown it.</summary>
    public string? Uuid { get; init; }

    public string? Description { get; init; }

    public ModelContent? File { get; init; }

    public ModelContent? Icon { get; init; }

    public bool Activated { get; init; }

    public bool Disabled { get; init; }

    public ImmutableSortedSet<string> Acl { get; init; } = [];

    /// <summary>The text of the answer that acknowledged it; null until then.</summary>
    public string? Text { get; init; }

    public string State => (Activated, Disabled) switch
    {
        (false, _) => "unactivated",
        (true, false) => "active",
        (true, true) => "disabled",
    };

    /// <summary>Every fifth image gets large files: often enough for kills during uploads, and few enough to be read after each kill.</summary>
    public bool HasLargeFiles => Name.EndsWith('0') || Name.EndsWith('5');
}

/// <summary>A file or an icon.</summary>
/// <param name="Sha1">The SHA-1 in lower-case hex.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Kind">The compression of a file, the content type of an icon.</param>
internal sealed record ModelContent(string Sha1, long Size, string Kind);
