using System.Globalization;
using ImgApi.Api.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ImgApi.Api.Binding;

/// <summary>Lets MVC bind from <see cref="WireQuery"/> instead of the framework's case-insensitive query.</summary>
internal sealed class QueryValueProvider(WireQuery query) : BindingSourceValueProvider(BindingSource.Query)
{
    public override bool ContainsPrefix(string prefix) => prefix.Length == 0 || query.Values.ContainsKey(prefix);

    public override ValueProviderResult GetValue(string key) =>
        query.Values.TryGetValue(key, out var values) ? new ValueProviderResult(values, CultureInfo.InvariantCulture) : ValueProviderResult.None;

    /// <summary>Creates one per request.</summary>
    internal sealed class Factory : IValueProviderFactory
    {
        public Task CreateValueProviderAsync(ValueProviderFactoryContext context)
        {
            context.ValueProviders.Add(new QueryValueProvider(WireQuery.Of(context.ActionContext.HttpContext)));
            return Task.CompletedTask;
        }
    }
}
