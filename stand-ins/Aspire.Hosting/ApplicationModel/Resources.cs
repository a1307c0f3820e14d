using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel
{
    public interface IResource
    {
        string Name { get; }
        ResourceAnnotationCollection Annotations { get; }
    }

    public interface IResourceAnnotation;

    public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

    public interface IResourceWithEnvironment : IResource;

    public interface IResourceWithEndpoints : IResource;

    public interface IResourceWithArgs : IResource;

    public interface IResourceWithWaitSupport : IResource;

    public interface IResourceWithProbes : IResource;

    public interface IComputeResource : IResource;

    public interface IContainerFilesDestinationResource : IResource;

    public interface IResourceWithParent : IResource
    {
        IResource Parent { get; }
    }

    public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
    {
        new T Parent { get; }

        IResource IResourceWithParent.Parent => Parent;
    }

    public interface IResourceCollection : IList<IResource>
    {
        bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
    }

    internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
    {
        public bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource)
        {
            resource = this.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
            return resource is not null;
        }
    }

    public class DistributedApplicationModel(IResourceCollection resources)
    {
        public DistributedApplicationModel(IEnumerable<IResource> resources) : this(Collect(resources))
        {
        }

        public IResourceCollection Resources { get; } = resources;

        private static ResourceCollection Collect(IEnumerable<IResource> resources)
        {
            var collection = new ResourceCollection();
            foreach (var resource in resources) collection.Add(resource);
            return collection;
        }
    }

    public abstract class Resource : IResource
    {
        protected Resource(string name) => Name = ModelName.Validate(name);

        public virtual string Name { get; }

        public virtual ResourceAnnotationCollection Annotations { get; } = [];

        public override string ToString() => $"{GetType().Name} {Name}";
    }

    public class ProjectResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery,
        IResourceWithWaitSupport, IResourceWithProbes, IComputeResource, IContainerFilesDestinationResource;

    public class ExecutableResource(string name, string command, string workingDirectory) : Resource(name), IResourceWithEnvironment,
        IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
    {
        public string Command { get; } = command;

        public string WorkingDirectory { get; } = workingDirectory;
    }

    public class ContainerResource(string name, string? entrypoint = null) : Resource(name), IResourceWithEnvironment, IResourceWithArgs,
        IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
    {
        public string? Entrypoint { get; set; } = entrypoint;
    }
}

namespace Aspire.Hosting
{
    using Aspire.Hosting.ApplicationModel;

    public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

    public sealed class ExternalServiceResource : Resource
    {
        public ExternalServiceResource(string name, Uri uri) : base(name) => Uri = uri;

        public ExternalServiceResource(string name, ParameterResource urlParameter) : base(name) => UrlParameter = urlParameter;

        public Uri? Uri { get; }

        public ParameterResource? UrlParameter { get; }
    }

    public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
        : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
    {
        public ReferenceExpression ConnectionStringExpression { get; } = connectionStringExpression;
    }
}
