using AutoMapper;

namespace ImgApi.Api.Mapping;

/// <summary>
/// Maps an image to the manifest of answers (contract 3.1 and 3.2) with all fields. Those that mode, API version or credentials hide are
/// removed later.
/// </summary>
internal sealed class ImageToManifestProfile : Profile
{
    public ImageToManifestProfile()
    {
        AllowNullCollections = true;
        CreateMap<Uuid, string>().ConvertUsing(uuid => uuid.ToString());
        CreateMap<Timestamp?, string?>().ConvertUsing(timestamp => timestamp == null ? null : timestamp.Text);
        CreateMap<ImageFile, ImageFileEntry>().ForMember(to => to.Stor, map => map.Ignore());
        CreateMap<ImageDetails, ImageManifest>()
            .ForMember(to => to.Uuid, map => map.Ignore())
            .ForMember(to => to.State, map => map.Ignore())
            .ForMember(to => to.Files, map => map.Ignore())
            .ForMember(to => to.Icon, map => map.Ignore())
            .ForMember(to => to.Acl, map => map.MapFrom(from => from.Acl.Count == 0 ? null : from.Acl))
            .ForMember(to => to.BillingTags, map => map.MapFrom(from => from.BillingTags.Count == 0 ? null : from.BillingTags))
            .ForMember(to => to.ImageSize, map => map.MapFrom(from => from.ImageSize == 0 ? null : from.ImageSize))
            .AddTransform<string?>(text => string.IsNullOrEmpty(text) ? null : text);
        CreateMap<Image, ImageManifest>()
            .IncludeMembers(from => from.Details)
            .ForMember(to => to.Files, map => map.MapFrom(from => Files(from)))
            .ForMember(to => to.Icon, map => map.MapFrom(from => from.Icon == null ? (bool?)null : true));
    }

    private static ImageFile[] Files(Image image) => image.File is { } file ? [file] : [];
}
