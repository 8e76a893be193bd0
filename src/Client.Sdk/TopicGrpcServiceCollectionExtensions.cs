using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client;

/// <summary>Registers clients with a service collection.</summary>
public static class TopicGrpcServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="TopicGrpcClient"/>. Its options come from the configuration section
    /// <see cref="TopicGrpcClientOptions.SectionName"/>, then from <paramref name="configure"/>; invalid options stop the start.
    /// </summary>
    /// <param name="services">Services.</param>
    /// <param name="configure">Sets options in code.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddTopicGrpcClient(this IServiceCollection services, Action<TopicGrpcClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions(services, Options.DefaultName, TopicGrpcClientOptions.SectionName, configure);
        services.TryAddSingleton(static provider => Create(provider, Options.DefaultName));
        return services;
    }

    /// <summary>
    /// Registers one of several clients as a keyed service, to inject with <c>[FromKeyedServices("name")]</c>. Its options come from the
    /// section <c>TopicGrpc:name</c>, then from <paramref name="configure"/>.
    /// </summary>
    /// <param name="services">Services.</param>
    /// <param name="name">Name of the client.</param>
    /// <param name="configure">Sets options in code.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddTopicGrpcClient(
        this IServiceCollection services, string name, Action<TopicGrpcClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        AddOptions(services, name, $"{TopicGrpcClientOptions.SectionName}:{name}", configure);
        services.TryAddKeyedSingleton(name, static (provider, key) => Create(provider, (string)key!));
        return services;
    }

    private static void AddOptions(IServiceCollection services, string name, string section, Action<TopicGrpcClientOptions>? configure)
    {
        OptionsBuilder<TopicGrpcClientOptions> options = services.AddOptions<TopicGrpcClientOptions>(name);
        options.Configure<IServiceProvider>(
            (settings, provider) => provider.GetService<IConfiguration>()?.GetSection(section).Bind(settings));
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.PostConfigure<IServiceProvider>(
            static (settings, provider) => settings.LoggerFactory ??= provider.GetService<ILoggerFactory>());
        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TopicGrpcClientOptions>, TopicGrpcClientOptionsValidator>());
    }

    private static TopicGrpcClient Create(IServiceProvider provider, string name) =>
        new(provider.GetRequiredService<IOptionsMonitor<TopicGrpcClientOptions>>().Get(name));
}
