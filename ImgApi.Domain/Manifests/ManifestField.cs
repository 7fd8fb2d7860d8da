using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>A row of <see cref="ManifestSchema"/>: one field of a manifest.</summary>
public sealed class ManifestField
{
    private readonly Func<Image, object?> _get;

    private ManifestField(string name, FieldKind kind, FieldRules rules, string about, Func<Image, object?> get) =>
        (Name, Kind, Rules, About, _get) = (name, kind, rules, about, get);

    /// <summary>The name on the wire.</summary>
    public string Name { get; }

    /// <summary>The type of its values.</summary>
    public FieldKind Kind { get; }

    /// <summary>Who may set it, and more.</summary>
    public FieldRules Rules { get; }

    /// <summary>What the API documentation says about it in a request.</summary>
    public string About { get; }

    /// <summary>Where an image keeps it; null if that is not in <see cref="ImageDetails"/>.</summary>
    public PropertyInfo? Property { get; private init; }

    /// <summary>A field that <see cref="ImageDetails"/> holds, named as the property is, in lower case with underscores.</summary>
    public static ManifestField Of(Expression<Func<ImageDetails, object?>> member, FieldKind kind, FieldRules rules, string about)
    {
        var access = member.Body is UnaryExpression boxed ? boxed.Operand : member.Body;
        var property = (PropertyInfo)((MemberExpression)access).Member;
        return kind.Type == (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            ? new ManifestField(
                JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), kind, rules, about, image => property.GetValue(image.Details))
            { Property = property }
            : throw new ArgumentException($"{property.Name} is a {property.PropertyType} and not a {kind.Type}.", nameof(kind));
    }

    /// <summary>A field that another part of an image holds.</summary>
    public static ManifestField Of(string name, Func<Image, object?> get, FieldKind kind, FieldRules rules, string about) =>
        new(name, kind, rules, about, get);

    /// <summary>Whether all of these rules apply.</summary>
    public bool Has(FieldRules rules) => Rules.HasFlag(rules);

    /// <summary>Sets the property of new details from the document, if that has a usable value.</summary>
    public void Read(ManifestDocument document, ImageDetails details)
    {
        if (document.Read(Name, Kind) is { } value)
        {
            Property!.SetValue(details, value);
        }
    }

    /// <summary>Writes the field as a member, unless it is absent.</summary>
    public void Write(Utf8JsonWriter writer, Image image)
    {
        var value = _get(image);
        if (value is null || (Has(FieldRules.EmptyIsAbsent) && value is ICollection { Count: 0 }))
        {
            return;
        }

        writer.WritePropertyName(Name);
        Kind.Write(writer, value);
    }

    /// <summary>
    /// The value that a caller's value means: contract 3.3 and 3.5 let callers send null, bare values and numbers in place of
    /// what a field holds. Free-form JSON becomes a compact copy, so that an image does not keep the whole body in memory.
    /// </summary>
    public JsonElement Normalise(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null when Has(FieldRules.NullIsAbsent) => default,
        JsonValueKind.Number when Has(FieldRules.NumberIsText) => JsonSerializer.SerializeToElement(value.GetRawText()),
        JsonValueKind.String when Has(FieldRules.TextIsList) => JsonSerializer.SerializeToElement(new[] { value }),
        JsonValueKind.String when Kind == FieldKind.Number && value.AsWholeNumber() is { } number => JsonSerializer.SerializeToElement(number),
        JsonValueKind.Object or JsonValueKind.Array when Kind.Type == typeof(JsonElement) => JsonElement.Parse(PlainJson.Bytes(value).Span, ManifestDocument.Format),
        _ => value,
    };
}
