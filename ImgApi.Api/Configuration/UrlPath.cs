namespace ImgApi.Api.Configuration;

/// <summary>Paths of URLs that an operator chooses.</summary>
internal static class UrlPath
{
    /// <summary>The text if it is a path that needs no escaping, and begins and ends with a slash; else null.</summary>
    public static string? Read(string? text) =>
        text is ['/', .., '/'] && text.Split('/')[1..^1].All(part => part.Any(char.IsAsciiLetterOrDigit) && part.All(IsPlain)) ? text : null;

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '~';
}
