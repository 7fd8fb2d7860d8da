using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ImgApi.Api.Contracts;
using ImgApi.Domain.Manifests;

namespace ImgApi.Api.Json;

/// <summary>The JSON form of the wire (contract 1.1): two spaces, LF, nothing escaped that need not be, absent before null.</summary>
public static class WireJson
{
    /// <summary>The media type of every JSON answer, without parameters.</summary>
    public const string ContentType = "application/json";

    /// <summary>The most levels that a JSON body may be nested.</summary>
    public const int MaxDepth = 64;

    /// <summary>For answers.</summary>
    public static JsonSerializerOptions Indented { get; } = Options(indented: true);

    /// <summary>For Etags, and for texts of callers inside messages.</summary>
    public static JsonSerializerOptions Compact { get; } = Options(indented: false);

    /// <summary>A string as compact JSON.</summary>
    public static string Text(string value) => JsonSerializer.Serialize(value, Compact);

    private static JsonSerializerOptions Options(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = new PlainJsonEncoder(),
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = MaxDepth,
            WriteIndented = indented,
            IndentSize = 2,
            NewLine = "\n",
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractJson.Default, new DefaultJsonTypeInfoResolver());
        options.MakeReadOnly();
        return options;
    }
}
