using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ImgApi.Api.Json;

/// <summary>The JSON of answers (contract 1.1): two spaces, LF, minimal escapes, no members that are null, names in snake case.</summary>
internal static class WireJson
{
    /// <summary>Media type of JSON answers, without parameters.</summary>
    public const string ContentType = "application/json";

    /// <summary>Maximum nesting of JSON bodies.</summary>
    public const int MaxDepth = 64;

    /// <summary>For answers.</summary>
    public static JsonSerializerOptions Indented { get; } = Options(indented: true);

    /// <summary>For values in messages, and for forms that are read as JSON.</summary>
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
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractJson.Default, new DefaultJsonTypeInfoResolver());
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>
/// Source-generated metadata for the most frequent answers. With reflection, a start takes a tenth of a second longer. The other answers are
/// too rare to matter.
/// </summary>
[JsonSerializable(typeof(PingReply))]
[JsonSerializable(typeof(ImageManifest))]
internal sealed partial class ContractJson : JsonSerializerContext;
