using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>A field of a manifest: a row of <see cref="ManifestSchema"/>.</summary>
public sealed class ManifestField
{
    private ManifestField(string name, FieldKind kind, FieldRules rules, string about, Func<Image, object?> get) =>
        (Name, Kind, Rules, About, Get) = (name, kind, rules, about, get);

    public string Name { get; }
    public FieldKind Kind { get; }
    public FieldRules Rules { get; }

    /// <summary>Description for the API documentation of requests.</summary>
    public string About { get; }

    /// <summary>The value; null if the image has none.</summary>
    public Func<Image, object?> Get { get; }

    /// <summary>Sets the property of <see cref="ImageDetails"/>; null if another part of an image has the field.</summary>
    public Action<ImageDetails, object>? Set { get; private init; }

    /// <summary>Defines a field of <see cref="ImageDetails"/>. Its name is that of the property in snake case.</summary>
    public static ManifestField Define<T>(Expression<Func<ImageDetails, T>> member, FieldKind kind, FieldRules rules, string about)
    {
        var property = (PropertyInfo)((MemberExpression)member.Body).Member;
        if (kind.Type != (Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)))
        {
            throw new ArgumentException($"{property.Name} is a {typeof(T)} and not a {kind.Type}.", nameof(kind));
        }

        // Reflection would compile an accessor for each property, which a start with many images would wait for.
        var get = property.GetMethod!.CreateDelegate<Func<ImageDetails, T>>();
        var set = property.SetMethod!.CreateDelegate<Action<ImageDetails, T>>();
        return new ManifestField(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), kind, rules, about, image => get(image.Details))
        {
            Set = (details, value) => set(details, (T)value),
        };
    }

    public static ManifestField Define(string name, Func<Image, object?> get, FieldKind kind, FieldRules rules, string about) =>
        new(name, kind, rules, about, get);

    public bool Has(FieldRules rules) => Rules.HasFlag(rules);

    /// <summary>Copies a usable value from the document to the details.</summary>
    public void Read(ManifestDocument document, ImageDetails details)
    {
        if (document.Read(Name, Kind) is { } value)
        {
            Set!(details, value);
        }
    }

    public void Write(Utf8JsonWriter writer, Image image)
    {
        var value = Get(image);
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
