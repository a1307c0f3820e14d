using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapida.Deployments.Migrations
{
    /// <inheritdoc />
    public partial class MachineDetection : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "machine_detection",
                table: "phone_deployments",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "off");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "machine_detection",
                table: "phone_deployments");
        }
    }
}
