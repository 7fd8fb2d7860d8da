using System.Buffers;

namespace ImgApi.Api.Mapping;

/// <summary>The JSON array that indented texts make when each is indented once more (contract 1.1).</summary>
internal static class ListJson
{
    private static ReadOnlySpan<byte> Empty => "[]"u8;

    private static ReadOnlySpan<byte> First => "[\n  "u8;

    private static ReadOnlySpan<byte> Next => ",\n  "u8;

    private static ReadOnlySpan<byte> Last => "\n]"u8;

    private static ReadOnlySpan<byte> Indent => "  "u8;

    /// <summary>Bytes of one item within the array, without what stands around it.</summary>
    public static int LengthOf(ReadOnlySpan<byte> item) => item.Length + (Indent.Length * item.Count((byte)'\n'));

    /// <summary>Bytes of the array.</summary>
    /// <param name="ofItems">The sum of <see cref="LengthOf"/> of the items.</param>
    /// <param name="count">Number of items.</param>
    public static long LengthOfAll(long ofItems, int count) =>
        count == 0 ? Empty.Length : ofItems + First.Length + (Next.Length * (count - 1L)) + Last.Length;

    /// <summary>Writes one item, and what stands before it.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="item">Its text.</param>
    /// <param name="isFirst">Whether it begins the array.</param>
    public static void WriteItem(IBufferWriter<byte> target, ReadOnlySpan<byte> item, bool isFirst)
    {
        var before = isFirst ? First : Next;
        var length = before.Length + LengthOf(item);
        var place = target.GetSpan(length);
        before.CopyTo(place);
        CopyIndented(item, place[before.Length..]);
        target.Advance(length);
    }

    /// <summary>Writes the end of the array.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="isEmpty">Whether no item was written.</param>
    public static void WriteEnd(IBufferWriter<byte> target, bool isEmpty) => target.Write(isEmpty ? Empty : Last);

    /// <summary>A raw line end in JSON text is always between tokens, so indenting is inserting two spaces after each.</summary>
    private static void CopyIndented(ReadOnlySpan<byte> item, Span<byte> target)
    {
        while (item.IndexOf((byte)'\n') is var end and >= 0)
        {
            item[..(end + 1)].CopyTo(target);
            Indent.CopyTo(target[(end + 1)..]);
            target = target[(end + 1 + Indent.Length)..];
            item = item[(end + 1)..];
        }

        item.CopyTo(target);
    }
}
