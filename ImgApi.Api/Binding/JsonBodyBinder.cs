using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ImgApi.Api.Binding;

/// <summary>Hands an action its <see cref="JsonBody{T}"/> without reading anything.</summary>
internal sealed class JsonBodyBinder : IModelBinder, IModelBinderProvider
{
    /// <inheritdoc/>
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => IsJsonBody(context.Metadata.ModelType) ? this : null;

    /// <summary>Whether the type is a <see cref="JsonBody{T}"/>.</summary>
    public static bool IsJsonBody(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(JsonBody<>);

    /// <inheritdoc/>
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var body = Activator.CreateInstance(bindingContext.ModelType, bindingContext.HttpContext.Request);
        bindingContext.Result = ModelBindingResult.Success(body);
        return Task.CompletedTask;
    }
}
