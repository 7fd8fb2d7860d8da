using System.Text.Json;
using AutoMapper;
using ImgApi.Api.Contracts;
using ImgApi.Domain.Images;

namespace ImgApi.Api.Mapping;

/// <summary>The way in: a manifest that the validator has passed, as the domain's details.</summary>
public sealed class BodyToDetailsProfile : Profile
{
    /// <summary>Says how; checked by a test.</summary>
    public BodyToDetailsProfile()
    {
        AllowNullCollections = true;
        CreateMap<JsonElement, string?>().ConvertUsing(value => JsonValues.Text(value));
        CreateMap<JsonElement, bool>().ConvertUsing(value => JsonValues.Boolean(value) ?? false);
        CreateMap<JsonElement, bool?>().ConvertUsing(value => JsonValues.Boolean(value));
        CreateMap<JsonElement, int>().ConvertUsing(value => (int)(JsonValues.WholeNumber(value) ?? 0));
        CreateMap<JsonElement, long?>().ConvertUsing(value => JsonValues.WholeNumber(value));
        CreateMap<JsonElement, Uuid>().ConvertUsing(value => JsonValues.Uuid(value) ?? Uuid.Zero);
        CreateMap<JsonElement, Uuid?>().ConvertUsing(value => JsonValues.Uuid(value));
        CreateMap<JsonElement, Timestamp?>().ConvertUsing(value => JsonValues.Timestamp(value));
        CreateMap<JsonElement, JsonElement?>().ConvertUsing(value => JsonValues.IsGiven(value) ? value : null);
        CreateMap<JsonElement, IReadOnlyList<Uuid>>().ConvertUsing(value => JsonValues.Uuids(value));
        CreateMap<JsonElement, IReadOnlyList<string>>().ConvertUsing(value => JsonValues.Texts(value));
        CreateMap<ManifestBody, ImageDetails>()
            .ForMember(to => to.InheritedDirectories, map => map.MapFrom(from => Optional(from.InheritedDirectories)))
            .ForMember(to => to.Channels, map => map.MapFrom(from => Optional(from.Channels)));
    }

    private static IReadOnlyList<string>? Optional(JsonElement value) => JsonValues.IsGiven(value) ? JsonValues.Texts(value) : null;
}
