using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>A field of a manifest: a row of <see cref="ManifestSchema"/>.</summary>
public sealed class ManifestField
{
    private readonly Func<Image, object?> _get;

    private ManifestField(string name, FieldKind kind, FieldRules rules, string about, Func<Image, object?> get) =>
        (Name, Kind, Rules, About, _get) = (name, kind, rules, about, get);

    public string Name { get; }
    public FieldKind Kind { get; }
    public FieldRules Rules { get; }

    /// <summary>Description for the API documentation of requests.</summary>
    public string About { get; }

    /// <summary>The property of <see cref="ImageDetails"/>; null if another part of an image has the field.</summary>
    public PropertyInfo? Property { get; private init; }

    /// <summary>Defines a field of <see cref="ImageDetails"/>. Its name is that of the property in snake case.</summary>
    public static ManifestField Define(Expression<Func<ImageDetails, object?>> member, FieldKind kind, FieldRules rules, string about)
    {
        var access = member.Body is UnaryExpression boxed ? boxed.Operand : member.Body;
        var property = (PropertyInfo)((MemberExpression)access).Member;
        return kind.Type == (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            ? new ManifestField(
                JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), kind, rules, about, image => property.GetValue(image.Details))
            { Property = property }
            : throw new ArgumentException($"{property.Name} is a {property.PropertyType} and not a {kind.Type}.", nameof(kind));
    }

    public static ManifestField Define(string name, Func<Image, object?> get, FieldKind kind, FieldRules rules, string about) =>
        new(name, kind, rules, about, get);

    public bool Has(FieldRules rules) => Rules.HasFlag(rules);

    /// <summary>Copies a usable value from the document to the details.</summary>
    public void Read(ManifestDocument document, ImageDetails details)
    {
        if (document.Read(Name, Kind) is { } value)
        {
            Property!.SetValue(details, value);
        }
    }

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
    /// Converts a caller's value to the field's type, since contract 3.3 and 3.5 allow null, single values and numbers for other types.
    /// Free-form JSON becomes a compact copy, so that an image does not keep the whole body in memory.
    /// </summary>
    public JsonElement Normalize(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null when Has(FieldRules.NullIsAbsent) => default,
        JsonValueKind.Number when Has(FieldRules.NumberIsText) => JsonSerializer.SerializeToElement(value.GetRawText()),
        JsonValueKind.String when Has(FieldRules.TextIsList) => JsonSerializer.SerializeToElement(new[] { value }),
        JsonValueKind.String when Kind == FieldKind.Number && value.AsWholeNumber() is { } number => JsonSerializer.SerializeToElement(number),
        JsonValueKind.Object or JsonValueKind.Array when Kind.Type == typeof(JsonElement) => JsonElement.Parse(PlainJson.Bytes(value).Span, ManifestDocument.Format),
        _ => value,
    };
}
