namespace ImgApi.Api.Web.Images;

/// <summary>A list in a form, from which one word is chosen, or none.</summary>
/// <param name="Value">The chosen word; null or empty for none.</param>
/// <param name="None">What is shown for none.</param>
internal sealed record Choice(string Name, string Label, string? Value, IEnumerable<string> Words, string None = "any");
