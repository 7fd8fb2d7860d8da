using ImgApi.Domain.Audit;

namespace ImgApi.Api.Web.Server;

/// <summary>What the page of the audit shows.</summary>
/// <param name="Events">The newest first.</param>
/// <param name="HasMore">Whether earlier events match too.</param>
internal sealed record AuditView(AuditSearch Search, IReadOnlyList<AuditEvent> Events, bool HasMore)
{
    public const int PageSize = 50;
}
