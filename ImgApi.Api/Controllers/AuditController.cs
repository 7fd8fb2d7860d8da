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
    public async Task<ActionResult<AuditEntry[]>> List([FromQuery(Name = "")] AuditParameters parameters) =>
        mapper.Map<AuditEntry[]>(await audit.ReadAsync(AuditQueryReader.Read(parameters), Cancellation));
}
