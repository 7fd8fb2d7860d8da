namespace ImgApi.Api.Web.Editing;

/// <summary>The fields of a manifest that a person may set, as a form: from <see cref="ManifestSchema"/>, so that it needs no edit for a new field.</summary>
/// <param name="Main">The fields that are always shown.</param>
/// <param name="More">The others.</param>
internal sealed record ManifestFields(IReadOnlyList<FormField> Main, IReadOnlyList<FormField> More)
{
    private static readonly string[] AlwaysShown = ["name", "version", "type", "os", "description", "public", "origin"];

    /// <summary>For a new image.</summary>
    public static ManifestFields ForNew() => Of(field => field.Has(FieldRules.Create), _ => default);

    /// <summary>For a change of an image, with its values.</summary>
    public static ManifestFields ForChange(Image image)
    {
        var manifest = ManifestCodec.Document(image);
        return Of(
            field => field.Has(FieldRules.Update) && !(image.Activated && field.Has(FieldRules.BeforeActivation)) && (field.Name is not ("state" or "files" or "channels" or "uuid")),
            field => manifest[field.Name]);
    }

    private static ManifestFields Of(Func<ManifestField, bool> isShown, Func<ManifestField, JsonElement> value)
    {
        var fields = ManifestSchema.Fields.Where(isShown).Where(field => field.Name != "v")
            .Select(field => new FormField(field, value(field))).ToLookup(field => AlwaysShown.Contains(field.Name));
        return new ManifestFields([.. fields[true].OrderBy(field => AlwaysShown.IndexOf(field.Name))], [.. fields[false]]);
    }
}

/// <summary>A field of a form.</summary>
/// <param name="Value">The image's value; undefined if it has none.</param>
internal sealed record FormField(ManifestField Field, JsonElement Value)
{
    public string Name => Field.Name;

    public bool IsRequired => Field.Has(FieldRules.Required);

    public string Label => FieldLabel.Of(Name);

    /// <summary>How the script reads and shows the value: text, flag, number, list or json.</summary>
    public string Form =>
        Field.Kind.Shape == typeof(bool) ? "flag"
        : Field.Kind.Shape == typeof(long) ? "number"
        : Field.Kind.Shape == typeof(string[]) ? "list"
        : Field.Kind.Shape == typeof(JsonElement) ? "json"
        : "text";

    /// <summary>The only words that the field may have; null for any.</summary>
    public IReadOnlyList<string>? Words => Name switch
    {
        "type" => ImageType.All,
        "os" => ImageOs.All,
        _ => null,
    };

    /// <summary>Whether the text may have several lines.</summary>
    public bool IsLong => Form is "list" or "json" || Name == "description";

    /// <summary>The value as a person edits it: a list with one item per line, other JSON as it is.</summary>
    public string Text => Value.ValueKind switch
    {
        JsonValueKind.Undefined => "",
        JsonValueKind.String => Value.GetString()!,
        JsonValueKind.Array when Form == "list" => string.Join('\n', Value.Items().Select(item => item.AsLenientText())),
        _ => Value.GetRawText(),
    };
}
