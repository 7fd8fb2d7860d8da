using System.Text;
using CsCheck;

namespace ImgApi.Tests.Security.Fuzzing;

/// <summary>Inputs for parsers: valid ones, mutated ones, and noise.</summary>
internal static class Inputs
{
    private static readonly string[] Snags =
    [
        "", " ", "\0", "\r\n", "\t", "\"", "'", "\\", "/", "%", "%2", "%zz", "%00", "%ff", "+", "&", "=", ";", ",", ":", "..", "*", "~", "|", "||", "<", ">=",
        "-", "--", "0", "-1", "00", "1e9", "1e999", "NaN", "9223372036854775808", "2147483648", "0x", "0xffffffffffffffff", "true", "null", "é", "\u0301",
        "\ud800", "\udc00", "\ud83d\ude00", "\u202e", "\ufeff", "\u2028", "\uffff", "İ", "ſ", "[", "]", "{", "}", "[]", "{}", "[[[[", "$", "#", "//", "/*",
    ];

    /// <summary>A piece of text that is often parsed wrongly.</summary>
    public static Gen<string> Snag { get; } = Gen.OneOf(Snags);

    /// <summary>Random text.</summary>
    public static Gen<string> Noise { get; } = Gen.OneOf(
        Gen.String[0, 40],
        Gen.String[Gen.Char[' ', '~'], 0, 60],
        Snag.Array[0, 8].Select(string.Concat));

    /// <summary>UUIDs, and texts that are almost UUIDs.</summary>
    public static Gen<string> Uuid { get; } = Gen.OneOf(
        Gen.OneOf("00000000-0000-0000-0000-000000000000", "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"),
        Gen.Guid.Select(uuid => uuid.ToString()),
        Gen.Select(Gen.Guid, Gen.Int[0, 34], Gen.OneOf("+", "-", "0x", "0X", " ", "A", "{", "\u0661"), Overwritten),
        Mutated("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA"));

    /// <summary>Random bytes.</summary>
    public static Gen<byte[]> Bytes { get; } = Gen.Byte.Array[0, 80];

    /// <summary>The examples with up to six mutations: an insertion, a deletion, a replacement, a duplication or a cut.</summary>
    public static Gen<string> Mutated(params string[] examples) =>
        Gen.Select(Gen.OneOf(examples), Change(examples).Array[0, 6], (text, changes) => changes.Aggregate(text, (changed, change) => change(changed)));

    /// <summary>Like <see cref="Mutated"/>, with up to two random bytes, so that the result may be invalid UTF-8.</summary>
    public static Gen<byte[]> MutatedBytes(params string[] examples) => Gen.Select(
        Mutated(examples), Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[0, 2], (text, changes) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            foreach (var (at, value) in changes)
            {
                if (bytes.Length > 0)
                {
                    bytes[at % bytes.Length] = value;
                }
            }

            return bytes;
        });

    private static string Overwritten(Guid uuid, int at, string piece) => uuid.ToString().Remove(at, piece.Length).Insert(at, piece);

    private static Gen<Func<string, string>> Change(string[] examples) => Gen.Select(
        Gen.Int[0, 5],
        Gen.Int[0, 10_000],
        Gen.Int[0, 12],
        Gen.OneOf(Snag, Gen.OneOf(examples), Gen.String[0, 3]),
        (kind, start, length, piece) => (Func<string, string>)(text => Apply(text, kind, start, length, piece)));

    private static string Apply(string text, int kind, int start, int length, string piece)
    {
        var at = start % (text.Length + 1);
        var count = Math.Min(length, text.Length - at);
        return kind switch
        {
            0 => text.Insert(at, piece),
            1 => text.Remove(at, count),
            2 => text.Remove(at, count).Insert(at, piece),
            3 => text.Insert(at, text.Substring(at, count)),
            4 => text[..at],
            _ => text[at..],
        };
    }
}
