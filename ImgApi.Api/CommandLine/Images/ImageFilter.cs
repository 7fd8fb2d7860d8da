using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary>
/// A condition as imgadm writes it: <c>FIELD=VALUE</c>, <c>FIELD=~PART</c> or <c>FIELD=!VALUE</c>. The server gets those that it knows, which
/// makes its answer shorter; all are checked here too, since other servers ignore some.
/// </summary>
internal sealed record ImageFilter(string Field, string Value)
{
    private const char Part = '~';
    private const char Not = '!';

    /// <exception cref="CommandException">It is not a condition.</exception>
    public static ImageFilter Parse(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? new ImageFilter(text[..at], text[(at + 1)..])
        : throw new CommandException($"\"{VisibleText.Cut(text)}\" is not a condition FIELD=VALUE, such as os=smartos, name=~base or type=!zvol");

    /// <summary>The parameter of the server; null if it has none for this condition.</summary>
    public KeyValuePair<string, string>? Parameter => Field switch
    {
        "name" or "version" when !Value.StartsWith(Not) => new(Field, Value),
        "type" when !Value.StartsWith(Part) => new(Field, Value),
        "os" or "owner" or "public" or "state" when !Value.StartsWith(Not) && !Value.StartsWith(Part) => new(Field, Value),
        _ => null,
    };

    public bool Accepts(JsonElement manifest)
    {
        var text = ImageFields.Text(manifest, Field);
        return Value switch
        {
            [Part, .. var part] => text.Contains(part, StringComparison.Ordinal),
            [Not, .. var other] => text != other,
            _ => text == Value,
        };
    }
}
