namespace ImgApi.Api.Hosting;

/// <summary>Services that a start does not wait for.</summary>
internal static class LazyServices
{
    /// <summary>Lets <typeparamref name="T"/> be asked for as <see cref="Lazy{T}"/> by those who need it later, or never.</summary>
    public static IServiceCollection AddLazy<T>(this IServiceCollection services)
        where T : notnull =>
        services.AddSingleton(provider => new Lazy<T>(provider.GetRequiredService<T>));
}
