using System.Collections.Immutable;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>What an image has to look like. Its name never changes, and no two images have the same.</summary>
internal sealed record ModelImage(string Name)
{
    /// <summary>Null as long as only the server knows it.</summary>
    public string? Uuid { get; init; }

    public string? Description { get; init; }

    public ModelContent? File { get; init; }

    public ModelContent? Icon { get; init; }

    public bool Activated { get; init; }

    public bool Disabled { get; init; }

    public ImmutableSortedSet<string> Acl { get; init; } = [];

    /// <summary>The answer that acknowledged it, to the byte; null for an image that no answer has shown yet.</summary>
    public string? Text { get; init; }

    public string State => (Activated, Disabled) switch
    {
        (false, _) => "unactivated",
        (true, false) => "active",
        (true, true) => "disabled",
    };

    /// <summary>Every fifth image gets large files: enough to be killed in, few enough to be read again after each kill.</summary>
    public bool HasLargeFiles => Name.EndsWith('0') || Name.EndsWith('5');
}

/// <summary>A file or an icon.</summary>
/// <param name="Sha1">Of its bytes, in lower-case hex.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Kind">The compression of a file, the content type of an icon.</param>
internal sealed record ModelContent(string Sha1, long Size, string Kind);
