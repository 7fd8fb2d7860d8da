using Microsoft.AspNetCore.Mvc.Routing;

namespace ImgApi.Api.Binding;

/// <summary>The route of a GET. Each also answers HEAD, with the same headers and no body (contract 1.4).</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class HttpReadAttribute(string template) : HttpMethodAttribute(["GET", "HEAD"], template);
