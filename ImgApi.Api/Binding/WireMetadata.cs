using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace ImgApi.Api.Binding;

/// <summary>Where the types that have binders of their own come from, for binding and for the API documentation.</summary>
internal sealed class WireMetadata : IBindingMetadataProvider
{
    /// <inheritdoc/>
    public void CreateBindingMetadata(BindingMetadataProviderContext context)
    {
        if (context.Key.ModelType == typeof(Uuid))
        {
            context.BindingMetadata.BindingSource = BindingSource.Path;
        }
        else if (JsonBodyBinder.IsJsonBody(context.Key.ModelType))
        {
            context.BindingMetadata.BindingSource = BindingSource.Special;
        }
    }
}
