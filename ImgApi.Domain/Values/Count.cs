namespace ImgApi.Domain.Values;

/// <summary>Counted nouns in messages.</summary>
public static class Count
{
    /// <summary>For instance <c>1 image</c> or <c>0 images</c>; the noun must have a regular plural.</summary>
    public static string Of(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
