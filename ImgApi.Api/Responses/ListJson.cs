using System.Buffers;

namespace ImgApi.Api.Responses;

/// <summary>The JSON array of items that are indented JSON already: each is indented once more (contract 1.1).</summary>
internal static class ListJson
{
    private static ReadOnlySpan<byte> Empty => "[]"u8;

    private static ReadOnlySpan<byte> First => "[\n  "u8;

    private static ReadOnlySpan<byte> Next => ",\n  "u8;

    private static ReadOnlySpan<byte> Last => "\n]"u8;

    private static ReadOnlySpan<byte> Indent => "  "u8;

    /// <summary>Bytes of one item within the array, without separators.</summary>
    public static int LengthOf(ReadOnlySpan<byte> item) => item.Length + (Indent.Length * item.Count((byte)'\n'));

    /// <param name="ofItems">The sum of <see cref="LengthOf"/> of the items.</param>
    public static long LengthOfAll(long ofItems, int count) =>
        count == 0 ? Empty.Length : ofItems + First.Length + (Next.Length * (count - 1L)) + Last.Length;

    public static ReadOnlyMemory<byte> Of(IEnumerable<byte[]> items, int length)
    {
        var whole = new ArrayBufferWriter<byte>(length);
        foreach (var item in items)
        {
            WriteBefore(whole, isFirst: whole.WrittenCount == 0);
            WritePart(whole, item);
        }

        WriteEnd(whole, isEmpty: whole.WrittenCount == 0);
        return whole.WrittenMemory;
    }

    public static void WriteBefore(IBufferWriter<byte> target, bool isFirst) => target.Write(isFirst ? First : Next);

    /// <summary>Writes an item, or the next part of one, which may end anywhere. It takes at most three times its length.</summary>
    public static void WritePart(IBufferWriter<byte> target, ReadOnlySpan<byte> part)
    {
        var length = LengthOf(part);
        CopyIndented(part, target.GetSpan(length));
        target.Advance(length);
    }

    public static void WriteEnd(IBufferWriter<byte> target, bool isEmpty) => target.Write(isEmpty ? Empty : Last);

    /// <summary>A raw line end in JSON text is always between tokens, so two spaces after each of them indent it.</summary>
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
