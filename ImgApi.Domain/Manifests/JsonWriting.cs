using System.Text.Json;

namespace ImgApi.Domain.Manifests;

public static class JsonWriting
{
    public static void WriteTextIfAny(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
