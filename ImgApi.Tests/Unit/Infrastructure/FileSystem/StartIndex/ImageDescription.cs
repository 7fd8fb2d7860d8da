using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>All properties of an image as one text. Uses reflection, so that new properties are included.</summary>
internal static class ImageDescription
{
    public static string Of(object? value) => value switch
    {
        null => "none",
        string text => JsonSerializer.Serialize(text),
        JsonElement json => Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8Value(json)),
        DateTimeOffset instant => instant.ToString("O", CultureInfo.InvariantCulture),
        Uuid or ContentKey or bool or int or long or ulong or Enum => $"{value}",
        IEnumerable items => $"[{string.Join(',', items.Cast<object>().Select(Of))}]",
        _ => $"{{{string.Join(',', Properties(value).Select(property => $"{property.Name}:{Of(property.GetValue(value))}"))}}}",
    };

    /// <summary>The properties of a record that have the same value as in an empty one.</summary>
    public static IEnumerable<string> Unset(object value, object empty) =>
        from property in Properties(value)
        where property.CanWrite && Of(property.GetValue(value)) == Of(property.GetValue(empty))
        select $"{value.GetType().Name}.{property.Name}";

    private static IEnumerable<PropertyInfo> Properties(object value) =>
        value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0);
}
