namespace TopicGrpc.Server.Access;

/// <summary>Registers the rules of callers.</summary>
internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<MethodAccess>();
        services.AddSingleton<CallerQuotas>();
        return services;
    }
}
