using AutoMapper;
using ImgApi.Domain.Audit;

namespace ImgApi.Api.Mapping;

/// <summary>Maps an event of the audit to its form in answers.</summary>
internal sealed class AuditEventToEntryProfile : Profile
{
    public AuditEventToEntryProfile()
    {
        AllowNullCollections = true;
        CreateMap<FieldChange, ChangedField>();
        CreateMap<AuditEvent, AuditEntry>().ForCtorParam(nameof(AuditEntry.Time), map => map.MapFrom(from => Timestamp.From(from.Time).Text));
    }
}
