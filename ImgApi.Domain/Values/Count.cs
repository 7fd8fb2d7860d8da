namespace ImgApi.Domain.Values;

/// <summary>Numbers of things, in messages for people.</summary>
public static class Count
{
    /// <summary>For instance <c>1 image</c> and <c>0 images</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="noun">The singular of a noun that takes an s.</param>
    public static string Of(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
