using System.Globalization;
using ImgApi.Domain.Audit;

namespace ImgApi.Api.Binding;

/// <summary>Reads the parameters of the audit into a query.</summary>
internal static class AuditQueryReader
{
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>.</exception>
    public static AuditQuery Read(AuditParameters parameters) => new()
    {
        Image = parameters.Image is null ? null
            : Uuid.TryParse(parameters.Image, out var uuid) ? uuid
            : throw Invalid("image", parameters.Image, "is not a UUID"),
        User = parameters.User,
        Action = parameters.Action,
        Since = parameters.Since is null ? null
            : Timestamp.TryParse(parameters.Since, out var since) ? since.Instant
            : throw Invalid("since", parameters.Since, "is not a time like 2026-01-31T12:00:00Z"),
        Before = Number("marker", parameters.Marker, long.MaxValue),
        Limit = (int)(Number("limit", parameters.Limit, AuditQuery.MaxLimit) ?? AuditQuery.DefaultLimit),
    };

    private static long? Number(string name, string? text, long max) => text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max ? number
        : throw Invalid(name, text, max == long.MaxValue ? "is not the number of an event" : $"is not a number from 1 to {max}");

    private static ImgApiException Invalid(string name, string text, string problem) =>
        ImgApiException.InvalidParameter(name, $"invalid value for \"{name}\" param: \"{text}\" {problem}");
}
