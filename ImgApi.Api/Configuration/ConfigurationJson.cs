using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ImgApi.Domain.Remote;

namespace ImgApi.Api.Configuration;

/// <summary>How single values of the configuration are read.</summary>
internal static class ConfigurationJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowDuplicateProperties = false,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters =
        {
            new ValueConverter<IPAddress>(json => IPAddress.TryParse(ConfigurationValues.Text(json), out var address) ? address : null),
            new ValueConverter<Uuid>(json => Uuid.TryParse(ConfigurationValues.Text(json), out var uuid) ? uuid : null),
            new ValueConverter<Uri>(json => WebUrl.TryParse(ConfigurationValues.Text(json), out var url) ? url : null),
            new ValueConverter<ImageSource>(json => ImageSource.TryParse(ConfigurationValues.Text(json), out var source) ? source : null),
            new ValueConverter<AuthenticationKind>(ConfigurationValues.Authentication),
            new ValueConverter<CorsOrigins>(ConfigurationValues.CorsOrigins),
            new ValueConverter<TrustedProxies>(ConfigurationValues.Proxies),
            new ValueConverter<LogLevel>(ConfigurationValues.Level),
            new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false),
        },
    };

    /// <summary>What is known of a type.</summary>
    public static JsonTypeInfo Of(Type type) => Options.GetTypeInfo(type);

    /// <summary>The keys of a type: the properties that JSON sets.</summary>
    public static IEnumerable<JsonPropertyInfo> Keys(JsonTypeInfo type) => type.Properties.Where(property => property.Set is not null);

    /// <summary>A value of a type; null if the JSON is of the wrong kind.</summary>
    /// <exception cref="InvalidOperationException">A string holds half of a surrogate pair.</exception>
    public static object? Read(Type type, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            json.GetString(); // a JsonException would not tell half of a surrogate pair from a wrong type
        }

        try
        {
            return json.ValueKind == JsonValueKind.Null ? null : json.Deserialize(type, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Text of a file or variable: as it is where that is good for the key, and else what it holds as JSON.</summary>
    public static JsonElement FromText(JsonPropertyInfo key, string text)
    {
        var plain = JsonSerializer.SerializeToElement(text);
        try
        {
            return Read(key.PropertyType, plain) is null ? JsonElement.Parse(text) : plain;
        }
        catch (JsonException)
        {
            return plain;
        }
    }
}
