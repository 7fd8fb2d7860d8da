using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.Remote;

/// <summary>Reads JSON from other servers, with limits, and whatever the Content-Type.</summary>
internal static partial class RemoteJson
{
    private const int Limit = 4 * 1024 * 1024;
    private const int MaxDepth = 64;
    private const int MaxTextLength = 1000;
    private const int MaxFields = 100;
    private const string NotArray = "the answer is not a JSON array of objects";

    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if the body is too large.</exception>
    public static async Task<byte[]> ReadAsync(Stream body, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            if (text.Length + count > Limit)
            {
                throw Fault($"the answer exceeds {ByteSize.Format(Limit)}");
            }

            text.Write(buffer, 0, count);
        }

        return text.ToArray();
    }

    /// <summary>Parses an object whose strings are all valid text.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> for anything else.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> text) => TryParse(text) ?? throw Fault("the answer is not a JSON object");

    /// <summary>The objects of an array, as they arrive.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if it is something else.</exception>
    public static async IAsyncEnumerable<JsonElement> ReadArrayAsync(Stream body, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var elements = JsonSerializer.DeserializeAsyncEnumerable(body, ArrayJson.Default.JsonElement, cancellation).GetAsyncEnumerator(cancellation);
        while (await MoveAsync(elements))
        {
            yield return elements.Current.ValueKind == JsonValueKind.Object && IsText(elements.Current) ? elements.Current : throw Fault(NotArray);
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<JsonElement> elements)
    {
        try
        {
            return await elements.MoveNextAsync();
        }
        catch (JsonException)
        {
            throw Fault(NotArray);
        }
    }

    /// <summary>The error in the body of another image server; null if it is not in this API's format.</summary>
    public static ImgApiException? Refusal(int status, ReadOnlyMemory<byte> body)
    {
        if (TryParse(body) is not { } error || Text(error, "code") is not { } name || Text(error, "message") is not { } message
            || !CodeName.IsMatch(name))
        {
            return null;
        }

        var code = ErrorCode.All.FirstOrDefault(code => code.Name == name && code.Status == status) ?? new ErrorCode(name, status, "");
        return new ImgApiException(code, Cut(message), Fields(error));
    }

    private static FieldError[] Fields(JsonElement error) =>
    [
        .. from entry in error.Member("errors").Items().Take(MaxFields)
        let field = Text(entry, "field")
        let code = Text(entry, "code") ?? FieldError.Invalid
        where field is not null
        select new FieldError(Cut(field), Cut(code), Cut(Text(entry, "message") ?? code)),
    ];

    private static string Cut(string text) => VisibleText.Shorten(text, MaxTextLength);

    [GeneratedRegex(@"\A[A-Za-z]{1,64}\z")]
    private static partial Regex CodeName { get; }

    private static JsonElement? TryParse(ReadOnlyMemory<byte> text)
    {
        if (!Utf8.IsValid(text.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            return IsText(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An escaped half of a surrogate pair is valid JSON but not valid text. It fails here, not where it is used.</summary>
    private static bool IsText(JsonElement json)
    {
        try
        {
            _ = PlainJson.Bytes(json);
            return true;
        }
        catch (Exception unusable) when (unusable is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement json, string key) =>
        json.Member(key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static ImgApiException Fault(string reason) => new(ErrorCode.RemoteSource, reason);
}

/// <summary>Metadata that is generated at build time, since reflection would slow down the start of the command line.</summary>
[JsonSourceGenerationOptions(MaxDepth = 64)]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ArrayJson : JsonSerializerContext;
