using System.Globalization;
using AutoMapper;
using ImgApi.Domain.Audit;

namespace ImgApi.Api.Controllers;

/// <summary>Who did what.</summary>
[Tags(ApiTags.Server)]
[NotStored]
internal sealed class AuditController(IAuditLog audit, IMapper mapper) : ImgApiController
{
    /// <summary>Lists the events of the audit, the newest first: changes, wrong credentials, starts and stops of the server.</summary>
    /// <remarks>For the next page, send the number of the last event as <c>marker</c>. A page with fewer events than the limit is the last.</remarks>
    [HttpRead("/audit", Name = "ListAudit")]
    [Needs(Right.Operate)]
    [Fails(nameof(ErrorCode.InvalidParameter))]
    public async Task<ActionResult<AuditEntry[]>> List([FromQuery(Name = "")] AuditParameters parameters)
    {
        var query = new AuditQuery
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
        return mapper.Map<AuditEntry[]>(await audit.ReadAsync(query, Cancellation));
    }

    private static long? Number(string name, string? text, long max) => text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max ? number
        : throw Invalid(name, text, max == long.MaxValue ? "is not the number of an event" : $"is not a number from 1 to {max}");

    private static ImgApiException Invalid(string name, string text, string problem) =>
        ImgApiException.InvalidParameter(name, $"invalid value for \"{name}\" param: \"{text}\" {problem}");
}
