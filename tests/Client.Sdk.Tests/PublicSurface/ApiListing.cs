using System.Reflection;
using System.Text;

namespace TopicGrpc.Client.Sdk.Tests.PublicSurface;

/// <summary>Writes down what a user of an assembly can see, one member a line.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append(Kind(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Every type that a member mentions.</summary>
    public static IEnumerable<(string Member, Type Type)> Mentioned(Assembly assembly)
    {
        foreach (Type type in assembly.GetExportedTypes())
        {
            foreach (MemberInfo member in Visible(type))
            {
                foreach (Type mentioned in Types(member).SelectMany(Parts))
                {
                    yield return ($"{type.FullName}.{member.Name}", mentioned);
                }
            }

            foreach (Type mentioned in type.GetInterfaces().Append(type.BaseType ?? typeof(object)).SelectMany(Parts))
            {
                yield return (type.FullName!, mentioned);
            }
        }
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetEnumNames();
        }

        // What the compiler makes of a record says nothing that its properties do not.
        bool isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        return Visible(type)
            .Where(member => !isRecord || member.Name is not ("Equals" or "GetHashCode" or "ToString" or "op_Equality" or "op_Inequality" or "Deconstruct" or "PrintMembers" or "EqualityContract" or "get_EqualityContract" or "<Clone>$"))
            .Where(static member => member is not MethodInfo { IsSpecialName: true } method || method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Select(Line);
    }

    private static IEnumerable<MemberInfo> Visible(Type type) => type.GetMembers(Declared).Where(static member => member switch
    {
        MethodBase method => IsVisible(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic || field.IsFamily,
        _ => false,
    });

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(static parameter => parameter.ParameterType).Append(method.ReturnType),
        MethodBase constructor => constructor.GetParameters().Select(static parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GenericTypeArguments.SelectMany(Parts).Append(type);

    private static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Access(constructor)}.ctor({Parameters(constructor)})",
        MethodInfo method => $"{Access(method)}{(method.IsStatic ? "static " : "")}{(method is { IsVirtual: true, IsFinal: false } ? "virtual " : "")}{method.Name}({Parameters(method)}): {Name(method.ReturnType)}",
        PropertyInfo property => $"{(property.GetMethod!.IsStatic ? "static " : "")}{property.Name}: {Name(property.PropertyType)} {{ get;{Setter(property)} }}",
        FieldInfo field => $"{field.Name}: {Name(field.FieldType)}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        _ => member.Name,
    };

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Setter(PropertyInfo property)
    {
        if (property.SetMethod is not { IsPublic: true } setter)
        {
            return "";
        }

        bool isInit = setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
        return isInit ? " init;" : " set;";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(static parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? "?" : "")}"));

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GenericTypeArguments.Select(Name))}>"
            : type.Name;
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => " (enum)",
        { IsValueType: true } => " (struct)",
        { IsAbstract: true, IsSealed: true } => " (static)",
        { IsSealed: true } => " (sealed)",
        _ => "",
    };
}
