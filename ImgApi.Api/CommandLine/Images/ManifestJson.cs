namespace ImgApi.Api.CommandLine.Images;

/// <summary>Manifests as JSON.</summary>
internal static class ManifestJson
{
    public static JsonElement Of(ManifestDocument document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in document.Members)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.ToArray());
    }
}
