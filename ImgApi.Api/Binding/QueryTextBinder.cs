using ImgApi.Api.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ImgApi.Api.Binding;

/// <summary>
/// Binds a string of the query exactly: an empty value is empty and not null, a repeated one is its values joined by
/// commas, as the reference sees it (contract 1.5), so that it fails the check of the parameter.
/// </summary>
internal sealed class QueryTextBinder : IModelBinder, IModelBinderProvider
{
    /// <inheritdoc/>
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(string) && context.BindingInfo.BindingSource == BindingSource.Query ? this : null;

    /// <inheritdoc/>
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        bindingContext.Result = ModelBindingResult.Success(WireQuery.Of(bindingContext.HttpContext).Text(bindingContext.ModelName));
        return Task.CompletedTask;
    }
}
