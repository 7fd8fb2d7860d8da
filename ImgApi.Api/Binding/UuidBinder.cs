using ImgApi.Api.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ImgApi.Api.Binding;

/// <summary>Binds the <c>uuid</c> of a path; a malformed one is 404 and not a validation error (contract 1.4).</summary>
internal sealed class UuidBinder : IModelBinder, IModelBinderProvider
{
    /// <inheritdoc/>
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType == typeof(Uuid) ? this : null;

    /// <inheritdoc/>
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var text = bindingContext.HttpContext.Request.RouteValues[bindingContext.ModelName] as string;
        bindingContext.Result = Uuid.TryParse(text, out var uuid)
            ? ModelBindingResult.Success(uuid)
            : throw NotAUuid(bindingContext.HttpContext);
        return Task.CompletedTask;
    }

    /// <summary>404 with the URL as it was sent, query included.</summary>
    public static ImgApiException NotAUuid(HttpContext context) => ImgApiException.NotFound($"{RawTarget.Of(context).Url} does not exist");
}
