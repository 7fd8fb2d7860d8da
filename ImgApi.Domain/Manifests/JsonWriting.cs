using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>Writes members that an object may lack.</summary>
public static class JsonWriting
{
    /// <summary>Writes a string, or nothing for null.</summary>
    public static void WriteTextIfAny(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
