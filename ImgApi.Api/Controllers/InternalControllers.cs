using System.Reflection;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace ImgApi.Api.Controllers;

/// <summary>Lets MVC find internal controllers too: those that take internal services, such as <see cref="HealthController"/>.</summary>
internal sealed class InternalControllers : ControllerFeatureProvider
{
    protected override bool IsController(TypeInfo typeInfo) => typeInfo.IsSubclassOf(typeof(ImgApiController)) && !typeInfo.IsAbstract;
}
