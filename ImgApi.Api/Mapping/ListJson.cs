namespace ImgApi.Api.Mapping;

/// <summary>The JSON array that indented texts make when each is indented once more (contract 1.1).</summary>
internal static class ListJson
{
    private const string Indent = "  ";

    private static readonly byte[] Empty = "[]"u8.ToArray();
    private static readonly byte[] First = "[\n  "u8.ToArray();
    private static readonly byte[] Next = ",\n  "u8.ToArray();
    private static readonly byte[] Last = "\n]"u8.ToArray();
    private static readonly byte[] InnerIndent = "  "u8.ToArray();

    /// <summary>Bytes of one item within the array, without what stands around it.</summary>
    public static long LengthOf(ReadOnlySpan<byte> item) => item.Length + (Indent.Length * (long)item.Count((byte)'\n'));

    /// <summary>Bytes of the array.</summary>
    /// <param name="ofItems">The sum of <see cref="LengthOf"/> of the items.</param>
    /// <param name="count">Number of items.</param>
    public static long LengthOfAll(long ofItems, int count) =>
        count == 0 ? Empty.Length : ofItems + First.Length + (Next.Length * (count - 1L)) + Last.Length;

    /// <summary>
    /// The pieces of the array in order. A raw line end in JSON text is always between tokens, so indenting is inserting two
    /// spaces after each.
    /// </summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Pieces(IEnumerable<byte[]> items)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            yield return isFirst ? First : Next;
            isFirst = false;
            ReadOnlyMemory<byte> rest = item;
            while (rest.Span.IndexOf((byte)'\n') is var end and >= 0)
            {
                yield return rest[..(end + 1)];
                yield return InnerIndent;
                rest = rest[(end + 1)..];
            }

            yield return rest;
        }

        yield return isFirst ? Empty : Last;
    }
}
