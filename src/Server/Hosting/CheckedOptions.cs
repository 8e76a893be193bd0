using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>Registration of options that are bound to a section of the configuration and validated at startup.</summary>
internal static class CheckedOptions
{
    /// <summary>Binds options to a section, which <see cref="ConfigurationCheck"/> validates before the server listens.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <typeparam name="TValidator">Their validator.</typeparam>
    public static IServiceCollection AddCheckedOptions<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().BindConfiguration(section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        services.AddSingleton(new OptionsSection(
            section,
            typeof(TOptions),
            static provider => provider.GetRequiredService<IOptions<TOptions>>().Value));
        return services;
    }
}
