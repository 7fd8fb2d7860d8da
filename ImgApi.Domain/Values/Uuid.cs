using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ImgApi.Domain.Values;

/// <summary>
/// A UUID as on the wire: 36 characters, hexadecimal digits and hyphens, read in either case and written in lower case. The other formats
/// of <see cref="Guid"/> are not accepted. The order is that of the text.
/// </summary>
public readonly record struct Uuid : IComparable<Uuid>
{
    // The framework also accepts signs and "0x" in each part, so that one image would have many names.
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdefABCDEF-");

    private readonly Guid _value;

    private Uuid(Guid value) => _value = value;

    /// <summary><c>00000000-0000-0000-0000-000000000000</c>, the owner of images without another owner.</summary>
    public static Uuid Zero { get; }

    public static Uuid New() => new(Guid.NewGuid());

    public static bool TryParse([NotNullWhen(true)] string? text, out Uuid uuid)
    {
        uuid = default;
        if (text is null || text.AsSpan().ContainsAnyExcept(Characters) || !Guid.TryParseExact(text, "D", out var value))
        {
            return false;
        }

        uuid = new Uuid(value);
        return true;
    }

    /// <summary>Reads the name of an image's folder, which must be in lower case: another spelling is another folder.</summary>
    public static bool TryParseFolder(string name, out Uuid uuid) => TryParse(name, out uuid) && uuid.ToString() == name;

    public static Uuid Parse(string text) =>
        TryParse(text, out var uuid) ? uuid : throw new FormatException($"not a UUID: \"{text}\"");

    public static bool IsValid([NotNullWhen(true)] string? text) => TryParse(text, out _);

    public int CompareTo(Uuid other) => _value.CompareTo(other._value);

    public override string ToString() => _value.ToString("D");

    public static bool operator <(Uuid left, Uuid right) => left.CompareTo(right) < 0;
    public static bool operator <=(Uuid left, Uuid right) => left.CompareTo(right) <= 0;
    public static bool operator >(Uuid left, Uuid right) => left.CompareTo(right) > 0;
    public static bool operator >=(Uuid left, Uuid right) => left.CompareTo(right) >= 0;
}
