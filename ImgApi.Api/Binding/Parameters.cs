using System.Globalization;

namespace ImgApi.Api.Binding;

/// <summary>Checks and reads query parameters (contract 1.5, section 5 "building blocks").</summary>
internal static class Parameters
{
    /// <summary>A boolean: exactly <c>true</c> or <c>false</c>.</summary>
    /// <param name="emptyIsAbsent">Whether an empty value counts as absent instead of being refused.</param>
    public static bool? Boolean(string name, string? value, bool emptyIsAbsent = false) => value switch
    {
        null => null,
        "" when emptyIsAbsent => null,
        "true" => true,
        "false" => false,
        _ => throw ImgApiException.InvalidParameter(
            name, $"invalid value for \"{name}\" param: {WireJson.Text(value)} is not a boolean"),
    };

    /// <summary>The whole number that a text begins with, as JavaScript's <c>parseInt</c> reads it; 0 if there is none.</summary>
    public static long LeadingNumber(string? text)
    {
        var digits = text.AsSpan().TrimStart();
        var length = digits is ['-' or '+', ..] ? 1 : 0;
        while (length < digits.Length && char.IsAsciiDigit(digits[length]))
        {
            length++;
        }

        return double.TryParse(digits[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (long)Math.Clamp(number, -1e18, 1e18)
            : 0;
    }

    /// <summary>The account; null if it is absent or empty.</summary>
    public static Uuid? Account(string? account)
    {
        if (string.IsNullOrEmpty(account))
        {
            return null;
        }

        return Uuid.TryParse(account, out var uuid)
            ? uuid
            : throw ImgApiException.InvalidParameter("account", $"invalid \"account\": not a UUID: \"{account}\"");
    }

    /// <summary>Refuses an unknown <c>storage</c>, and any from callers who are not operators.</summary>
    public static void CheckStorage(string? storage, ImageScope scope)
    {
        if (string.IsNullOrEmpty(storage))
        {
            return;
        }

        if (scope.Account is not null)
        {
            throw ImgApiException.InvalidParameter(
                "storage", $"invalid storage \"{storage}\"", FieldError.NotAllowed, "Parameter cannot be specified by non-operators");
        }

        if (!StorageTypes.All.Contains(storage))
        {
            throw ImgApiException.InvalidParameter(
                "storage", $"invalid storage \"{storage}\" {OneOf(StorageTypes.All)}");
        }
    }

    /// <summary>Refuses requests for an account; only operators send none (contract 2.2).</summary>
    public static void RefuseAccount(string? account)
    {
        if (!string.IsNullOrEmpty(account))
        {
            throw OperatorOnly();
        }
    }

    /// <summary>403 for callers who are not operators.</summary>
    public static ImgApiException OperatorOnly() =>
        new(ErrorCode.OperatorOnly, "this endpoint may only be called by an operator");

    /// <summary>A value of <c>compression</c>; null if it is absent or empty: then the first bytes of the file determine it.</summary>
    public static string? FileCompression(string? compression) =>
        string.IsNullOrEmpty(compression) ? null
        : Compression.All.Contains(compression) ? compression
        : throw ImgApiException.InvalidParameter(
            "compression", $"invalid compression \"{compression}\" {OneOf(Compression.All)}");

    /// <summary>Whether the caller overrides the server's <c>contentCheck</c>.</summary>
    public static bool Force(string? force) => Boolean("force", force, emptyIsAbsent: true) ?? false;

    /// <summary>The text of a parameter; null if it is absent or empty.</summary>
    public static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Refuses an unknown <c>action</c>.</summary>
    public static ImgApiException UnknownAction(string action, IEnumerable<string> known) =>
        ImgApiException.InvalidParameter("action", $"\"{action}\" is not a valid action {OneOf(known)}");

    /// <summary>The valid words, for the end of a message.</summary>
    public static string OneOf(IEnumerable<string> words) => $"(must be one of {string.Join(", ", words)})";
}
