using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace ImgApi.Api.Binding;

/// <summary>
/// Binds the parameters of actions by the rules of the contract, in their order: the <c>uuid</c> of a path, texts of the query, <see cref="Caller"/>,
/// <see cref="ImageScope"/> from the query parameters <c>account</c> and <c>channel</c>, and <see cref="JsonBody{T}"/>, unread.
/// </summary>
internal sealed class WireBinder(ServerConfiguration configuration) : IModelBinder, IModelBinderProvider, IBindingMetadataProvider
{
    public static bool IsJsonBody(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(JsonBody<>);

    /// <summary>404 with the URL as it was sent, query included: a malformed UUID is an unknown path (contract 1.4).</summary>
    public static ImgApiException NotAUuid(HttpContext context) => ImgApiException.NotFound($"{RawTarget.Of(context).Url} does not exist");

    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType switch
    {
        var type when type == typeof(string) || type == typeof(string[]) => context.BindingInfo.BindingSource == BindingSource.Query ? this : null,
        var type => SourceOf(type) is null ? null : this,
    };

    /// <summary>
    /// For binding and the API documentation. The properties of <see cref="QueryParameters"/> are in the query, in snake case unless they name another.
    /// </summary>
    public void CreateBindingMetadata(BindingMetadataProviderContext context)
    {
        var (key, metadata) = (context.Key, context.BindingMetadata);
        metadata.BindingSource = SourceOf(key.ModelType) ?? metadata.BindingSource;
        if (key.ContainerType?.IsAssignableTo(typeof(QueryParameters)) == true)
        {
            metadata.BindingSource ??= BindingSource.Query;
            metadata.BinderModelName ??= JsonNamingPolicy.SnakeCaseLower.ConvertName(key.Name!);
        }
    }

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var (http, name) = (bindingContext.HttpContext, bindingContext.FieldName);
        bindingContext.Result = ModelBindingResult.Success(bindingContext.ModelType switch
        {
            // An empty value is empty and not null, a repeated one is its values joined by commas, so that its check fails (contract 1.5).
            var type when type == typeof(string) => WireQuery.Of(http).Text(name),
            var type when type == typeof(string[]) => WireQuery.Of(http).Values.GetValueOrDefault(name).ToArray(),
            var type when type == typeof(Uuid) => Uuid.TryParse(http.Request.RouteValues[name] as string, out var uuid) ? uuid : throw NotAUuid(http),
            var type when type == typeof(Caller) => Caller.Of(http.User, configuration),
            var type when type == typeof(ImageScope) => ScopeOf(http),
            var type => Activator.CreateInstance(type, http.Request),
        });
        return Task.CompletedTask;
    }

    private static BindingSource? SourceOf(Type type) =>
        type == typeof(Uuid) ? BindingSource.Path
        : type == typeof(Caller) || type == typeof(ImageScope) || IsJsonBody(type) ? BindingSource.Special
        : null;

    /// <summary>
    /// An invalid channel is reported before an invalid account (contract section 5, [chan] and [get]). In reads <c>*</c> stands for all
    /// channels, and private images may be hidden.
    /// </summary>
    private ImageScope ScopeOf(HttpContext http)
    {
        var (isRead, query) = (Preconditions.IsRead(http.Request), WireQuery.Of(http));
        var channel = configuration.Rules.Channels.Resolve(query.Text("channel"), allowsEvery: isRead);
        var caller = Caller.Of(http.User, configuration);
        return new ImageScope(Parameters.Account(query.Text("account")), channel, caller.Actor) { HidesPrivate = isRead && caller.HidesPrivate };
    }
}
