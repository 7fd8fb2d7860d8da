using System.Diagnostics.CodeAnalysis;

namespace ImgApi.Domain.Remote;

public static class WebUrl
{
    /// <summary>Reads an http or https URL with a host.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Uri? url)
    {
        url = null;

        // The scheme is checked first, since the framework throws for some file URLs instead of returning false (file://U+202E).
        return text is not null
            && (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            && Uri.TryCreate(text, UriKind.Absolute, out url) && url.Host.Length > 0;
    }
}
